import { MarkdownEngine } from './markdown-engine.ts'
import type { ToWorker } from './markdown-protocol.ts'

const engine = new MarkdownEngine((answer) => postMessage(answer))
addEventListener('message', ({ data }: MessageEvent<ToWorker>) => engine.receive(data))
