import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { katexWoff2 } from './text/katex-woff2.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [katexWoff2(), react(), tailwindcss()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy refuses data: fonts, and inlined files are fetched twice anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
