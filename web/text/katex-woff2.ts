import type { Plugin } from 'vite'

const olderFormats = /,\s*url\([^)]*\)\s*format\((["'])(?:woff|truetype)\1\)/g

/** For the build: KaTeX's style sheet without the font formats that only older browsers read. */
export function katexWoff2(): Plugin {
  return {
    name: 'katex-woff2',
    enforce: 'pre',
    transform: {
      filter: { id: /katex(?:\.min)?\.css$/ },
      handler: (css) => css.replace(olderFormats, ''),
    },
  }
}
