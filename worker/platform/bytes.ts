/** What a body's bytes are read with; a stream's default reader is one. */
export interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(reason?: unknown): Promise<void>
}

export interface Opening {
  /** The first character that is neither blank nor a byte order mark; empty when none came. */
  first: string
  /** Reads the whole body all the same. */
  reader: ByteReader
}

/** Reads as far as the first character that tells what a body is. */
export async function openBody(
  body: ReadableStream<Uint8Array>,
  alive: () => void,
): Promise<Opening> {
  const reader: ByteReader = body.getReader()
  const held: Uint8Array[] = []
  let first = ''
  while (first === '') {
    const { done, value } = await reader.read()
    if (done || !value) break
    alive()
    held.push(value)
    first = firstCharacter(value)
  }
  let at = 0
  return {
    first,
    reader: {
      read: () => {
        const value = held[at++]
        return value ? Promise.resolve({ done: false, value }) : reader.read()
      },
      cancel: (reason) => reader.cancel(reason),
    },
  }
}

const blanks = new Set([0x09, 0x0a, 0x0d, 0x20])
const byteOrderMark = new Set([0xef, 0xbb, 0xbf])

function firstCharacter(bytes: Uint8Array): string {
  const byte = bytes.find((candidate) => !blanks.has(candidate) && !byteOrderMark.has(candidate))
  return byte === undefined ? '' : String.fromCharCode(byte)
}

/** The text of a body up to `bytesMax`; what lies beyond is cut off and not read. */
export async function readText(
  reader: ByteReader,
  bytesMax: number,
  alive: () => void,
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let left = bytesMax
  while (left > 0) {
    const { done, value } = await reader.read()
    if (done || !value) return text + decoder.decode()
    alive()
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.length
  }
  await reader.cancel().catch(() => {})
  return text
}
