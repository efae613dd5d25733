import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { katexWoff2 } from './text/katex-woff2.ts'

const chatPage = join(import.meta.dirname, 'chat/conversation-page.tsx')

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
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What comes before the first message comes in two files: each costs a request, and many
          // small ones compress worse.
          groups: [
            { name: 'page', tags: ['$initial'], priority: 2 },
            {
              debugName: 'chat',
              name: (id, context) => (isNeededBy(chatPage, id, context) ? 'chat' : null),
              priority: 1,
            },
          ],
        },
      },
    },
  },
})

interface Graph {
  getModuleInfo(id: string): { importers: readonly string[] } | null
}

/** Whether `page` cannot do without the module `id`. */
function isNeededBy(page: string, id: string, graph: Graph): boolean {
  const seen = new Set<string>()
  const waiting = [id]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === page) return true
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...(graph.getModuleInfo(next)?.importers ?? []))
  }
  return false
}
