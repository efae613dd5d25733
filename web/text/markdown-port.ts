import type { FromWorker, ToWorker } from './markdown-protocol.ts'

/** The way to whoever reads Markdown. */
export interface MarkdownPort {
  post(message: ToWorker): void
}

/**
 * The worker; where there is none, or it does not come up, the same reader in this thread.
 * `onLost` says that the worker is gone and that what it was sent must be sent again.
 */
export function openMarkdownPort(
  onAnswer: (answer: FromWorker) => void,
  onLost: () => void,
): MarkdownPort {
  if (typeof Worker === 'undefined') return standIn(onAnswer)
  let port: MarkdownPort
  try {
    const worker = new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module' })
    port = { post: (message) => worker.postMessage(message) }
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => onAnswer(data))
    worker.addEventListener('error', () => {
      worker.terminate()
      port.post = standIn(onAnswer).post
      onLost()
    })
  } catch {
    return standIn(onAnswer)
  }
  return port
}

function standIn(onAnswer: (answer: FromWorker) => void): MarkdownPort {
  const engine = import('./markdown-engine.ts').then(({ MarkdownEngine }) => {
    return new MarkdownEngine(onAnswer)
  })
  return {
    post(message) {
      engine.then(
        (ready) => ready.receive(message),
        // Without a reader the text is shown as it was written.
        () => {},
      )
    },
  }
}
