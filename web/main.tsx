import { createRoot } from 'react-dom/client'
import { startSession } from './accounts/session-store.ts'
import Pages, { preloadPage } from './pages.tsx'
import { Start } from './start.tsx'
import './ui/tokens.css'

/** A page asked for after a deploy may name files that are gone: one reload finds the new ones. */
const reloadedKey = 'aichat.reloadedAt'
const reloadEveryMs = 60_000

addEventListener('vite:preloadError', (event) => {
  const reloadedAt = Number(sessionStorage.getItem(reloadedKey) ?? 0)
  if (Date.now() - reloadedAt < reloadEveryMs) return
  event.preventDefault()
  sessionStorage.setItem(reloadedKey, String(Date.now()))
  location.reload()
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

preloadPage(location.pathname)
createRoot(root).render(
  <Start begin={startSession}>
    <Pages />
  </Start>,
)
