import { createRoot } from 'react-dom/client'
import { rememberedLanguage, setLanguage } from './text/i18n.ts'
import { Pages } from './pages.tsx'
import './ui/tokens.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

await setLanguage(rememberedLanguage())
createRoot(root).render(<Pages />)
