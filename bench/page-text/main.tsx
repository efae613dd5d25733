import { memo, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Markdown } from '../../web/text/markdown.tsx'
import { useRevealed } from '../../web/text/reveal.ts'
import { answer } from './answer.ts'
import './page.css'

const isFloor = location.search === '?floor'
const updates = 500
const updateMs = 1000 / 60

/** Streams the answer once and leaves what happened to the frames in `window.benchResult`. */
function Page() {
  const text = useArriving()
  const box = useRef<HTMLDivElement>(null)
  const isLive = text.length < answer.length
  const revealed = useRevealed(text, { live: isLive })
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [revealed])
  return (
    <div ref={box} className="page">
      {isFloor ? (
        <Plain text={revealed} />
      ) : (
        <Markdown text={revealed} streaming={isLive || revealed.length < text.length} />
      )}
    </div>
  )
}

/** The least any page does: the same text as paragraphs of plain text, of which the last one grows. */
function Plain({ text }: { text: string }) {
  return text.split('\n\n').map((paragraph, index) => <Paragraph key={index} text={paragraph} />)
}
const Paragraph = memo(function Paragraph({ text }: { text: string }) {
  return <p className="mt-3 whitespace-pre-wrap">{text}</p>
})

function useArriving(): string {
  const [text, setText] = useState('')
  useEffect(() => {
    const begin = () => {
      const frames = watchFrames()
      const startedAt = performance.now()
      const timer = setInterval(() => {
        const due = Math.min(updates, Math.floor((performance.now() - startedAt) / updateMs))
        setText(answer.slice(0, Math.ceil((answer.length * due) / updates)))
        if (due < updates) return
        clearInterval(timer)
        setTimeout(() => Object.assign(window, { benchResult: frames() }), 1000)
      }, updateMs)
    }
    Object.assign(window, { begin })
  }, [])
  return text
}

/** Counts, until the answer is called, dropped frames and long tasks. */
function watchFrames(): () => object {
  let dropped = 0
  let last = performance.now()
  const gaps: number[] = []
  const longTasks: number[] = []
  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))
  }).observe({ entryTypes: ['longtask'] })
  let isRunning = true
  const frame = (now: number) => {
    const gap = now - last
    last = now
    dropped += Math.max(0, Math.round(gap / updateMs) - 1)
    gaps.push(gap)
    if (isRunning) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  return () => {
    isRunning = false
    gaps.sort((a, b) => a - b)
    const p99 = Math.round(gaps[Math.floor(gaps.length * 0.99)] ?? 0)
    const nodes = document.querySelectorAll('*').length
    return { dropped, longTasks, p99FrameMs: p99, frames: gaps.length, nodes }
  }
}

createRoot(document.querySelector('#root') as Element).render(<Page />)
