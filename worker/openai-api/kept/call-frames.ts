import type { Framing } from '../../chat/event-log.ts'

/** Whole server-sent events as they go to their readers, which know their places by counting. */
export const callFrames: Framing<string> = {
  frameOf: (frame) => frame,
  startOf(text, seq, lastSeq) {
    let start = text.length
    for (let left = lastSeq - seq + 1; left > 0; left--) {
      // Behind the end of the frame before; none is shorter than its own end.
      start = text.lastIndexOf('\n\n', start - 3) + 2
      if (start === 1) return 0
    }
    return start
  },
}

/** The events in a piece of a stream, each ending with the one empty line in it. */
export function framesIn(piece: string): string[] {
  return (
    piece
      .replaceAll('\r\n', '\n')
      .split(/\n{2,}/)
      .filter((frame) => frame !== '')
      // A third line end may come with the next piece.
      .map((frame) => `${frame.replace(/^\n/, '')}\n\n`)
  )
}
