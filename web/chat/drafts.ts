import { createDrafts } from './draft.ts'

const laterMs = 250

let timer: ReturnType<typeof setTimeout> | undefined

/** The drafts of this browser. */
export const drafts = createDrafts({
  storage: storageOf(() => localStorage),
  tab: tabName(),
  now: Date.now,
  later(flush) {
    clearTimeout(timer)
    timer = setTimeout(flush, laterMs)
  },
})

// A page that is left or put to sleep may get no other chance.
addEventListener('pagehide', drafts.flush)
document.addEventListener('visibilitychange', drafts.flush)

/** The same name after a reload, another one in another tab. */
function tabName(): string {
  const storage = storageOf(() => sessionStorage)
  const name = storage?.getItem('aichat.tab') ?? crypto.getRandomValues(new Uint32Array(2)).join('')
  try {
    storage?.setItem('aichat.tab', name)
  } catch {
    // Full: the tab is another one after a reload.
  }
  return name
}

function storageOf(get: () => Storage): Storage | null {
  try {
    return get()
  } catch {
    // Switched off by the browser's settings.
    return null
  }
}
