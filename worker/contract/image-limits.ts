/** What an image may be, told by its first bytes. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const

/** One set of limits for server and page. */
export const imageLimits = {
  bytesMax: 15 * 1024 * 1024,
  edgeMax: 8_192,
  perMessage: 8,
  messageBytesMax: 60 * 1024 * 1024,
  nameLengthMax: 200,
  /** Browsers reduce a longer edge to this before upload, unless the original is wanted. */
  reducedEdge: 2_048,
  /** Avatars and images of the brand: square, cropped by the browser. */
  portraitEdge: 512,
  portraitBytesMax: 1024 * 1024,
} as const
