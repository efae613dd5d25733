export type Theme = 'light' | 'dark'

/** The accent as it can be used: a filled area, text on it, and text in the accent's own hue. */
export interface Accent {
  solid: string
  on: string
  text: string
}

const contrastMin = 4.5
/** The plain surface, and the one that text stands on least readably. */
const surfaces = {
  light: { plain: '#ffffff', hardest: '#f5f6f8' },
  dark: { plain: '#17191d', hardest: '#212429' },
} as const
/** How much of the accent its soft background has. */
const softShare = 0.12
const inkOnLight = '#0b0d10'

/** Corrects `hex` (`#rrggbb`) until all text set with it or on it reads at 4.5:1 in `theme`. */
export function accentFor(hex: string, theme: Theme): Accent {
  const on = [`#ffffff`, inkOnLight].find((ink) => contrast(hex, ink) >= contrastMin) ?? '#ffffff'
  const solid = shiftUntil(hex, '#000000', (color) => contrast(color, on) >= contrastMin)
  const towards = theme === 'light' ? '#000000' : '#ffffff'
  const { plain, hardest } = surfaces[theme]
  const backgrounds = [hardest, mix(plain, solid, softShare + 0.01)]
  const text = shiftUntil(hex, towards, (color) =>
    backgrounds.every((background) => contrast(color, background) >= contrastMin),
  )
  return { solid, on, text }
}

/** The contrast ratio of two `#rrggbb` colours by WCAG 2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function shiftUntil(hex: string, towards: string, fits: (color: string) => boolean): string {
  for (let step = 0; step < 20; step++) {
    const color = mix(hex, towards, step / 20)
    if (fits(color)) return color
  }
  return towards
}

function mix(a: string, b: string, share: number): string {
  const from = channels(a)
  const to = channels(b)
  const mixed = from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
