/** Hand-made images of tests: a header, and as little behind it as a parser asks for. */
export function png(width = 1, height = 1, more = ''): Uint8Array<ArrayBuffer> {
  return join(
    '\x89PNG\r\n\x1a\n',
    uint(13, 4),
    'IHDR',
    uint(width, 4),
    uint(height, 4),
    [8, 6, 0, 0, 0],
    [0, 0, 0, 0],
    more,
  )
}

export function jpeg(width = 1, height = 1, marker = 0xc0): Uint8Array<ArrayBuffer> {
  return join(
    [0xff, 0xd8],
    // A comment that holds what looks like a frame.
    [0xff, 0xfe, 0, 6, 0xff, 0xc0, 0, 0],
    [0xff, 0xff, marker, 0, 11, 8],
    uint(height, 2),
    uint(width, 2),
    [1, 1, 0x11, 0],
  )
}

export function gif(width = 1, height = 1, firstBlock = 0x2c): Uint8Array<ArrayBuffer> {
  return join(
    'GIF89a',
    uint(width, 2).toReversed(),
    uint(height, 2).toReversed(),
    [0x80, 0, 0],
    [0, 0, 0, 1, 1, 1],
    [firstBlock],
  )
}

export function webp(
  kind: 'VP8 ' | 'VP8L' | 'VP8X',
  width = 1,
  height = 1,
): Uint8Array<ArrayBuffer> {
  const bits = (width - 1) | ((height - 1) << 14)
  const chunk = {
    'VP8 ': [0, 0, 0, 0x9d, 0x01, 0x2a, ...littleEndian(width, 2), ...littleEndian(height, 2)],
    VP8L: [0x2f, ...littleEndian(bits, 4)],
    VP8X: [0, 0, 0, 0, ...littleEndian(width - 1, 3), ...littleEndian(height - 1, 3)],
  }[kind]
  return join('RIFF', [0, 0, 0, 0], 'WEBP', kind, littleEndian(chunk.length, 4), chunk)
}

function uint(value: number, length: number): number[] {
  return littleEndian(value, length).toReversed()
}

function littleEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) & 0xff)
}

function join(...pieces: (string | number[])[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    pieces.flatMap((piece) =>
      typeof piece === 'string' ? Array.from(piece, (c) => c.charCodeAt(0)) : piece,
    ),
  )
}
