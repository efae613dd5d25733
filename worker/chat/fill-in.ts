import { Buffer } from 'node:buffer'

/** A place in a body that something long is to fill, in base64. */
export interface Gap {
  /** What stands there meanwhile: ASCII that JSON leaves as it is. */
  word: string
  /** How much `open` yields. */
  bytes: number
  open(): Promise<ReadableStream<Uint8Array>>
}

/**
 * A body with each gap's word replaced by what belongs there, read and encoded while it is being
 * sent, so that never more than a piece of it is in memory. Its length is known beforehand.
 */
export function fillIn(body: string, gaps: readonly Gap[]): string | ReadableStream<Uint8Array> {
  const pieces = piecesOf(body, gaps)
  if (pieces.every((piece) => typeof piece === 'string')) return body
  const { readable, writable } = new FixedLengthStream(
    pieces.reduce((total, piece) => total + lengthOf(piece), 0),
  )
  // Whoever reads learns of a failure; nobody else waits for the end.
  void write(pieces, writable.getWriter()).catch(() => {})
  return readable
}

type Piece = string | Gap

/** The body in order, each word as the gap it stands for. */
export function piecesOf(body: string, gaps: readonly Gap[]): Piece[] {
  const byWord = new Map(gaps.map((gap) => [gap.word, gap]))
  if (byWord.size === 0) return [body]
  const words = new RegExp(`(${[...byWord.keys()].join('|')})`)
  return body.split(words).map((text) => byWord.get(text) ?? text)
}

function lengthOf(piece: Piece): number {
  if (typeof piece === 'string') return Buffer.byteLength(piece)
  return 4 * Math.ceil(piece.bytes / 3)
}

async function write(
  pieces: readonly Piece[],
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  try {
    for (const piece of pieces) {
      if (typeof piece === 'string') await writer.write(Buffer.from(piece))
      else for await (const chunk of base64Of(await piece.open())) await writer.write(chunk)
    }
    await writer.close()
  } catch (error) {
    await writer.abort(error)
  }
}

/** Bytes in base64, whatever pieces they come in. */
export async function* base64Of(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = Buffer.alloc(0)
  for await (const chunk of stream) {
    const bytes = Buffer.concat([left, chunk])
    // Three bytes are four characters; what is left over waits for the next piece.
    const end = bytes.length - (bytes.length % 3)
    if (end > 0) yield encoded(bytes.subarray(0, end))
    left = bytes.subarray(end)
  }
  if (left.length > 0) yield encoded(left)
}

function encoded(bytes: Buffer): Uint8Array {
  return Buffer.from(bytes.toString('base64'), 'latin1')
}
