import { readFileSync } from 'node:fs'
import type { ChatMessage } from './conversation.ts'
import { isChinese } from './conversation.ts'
import { samplesIn } from './samples.ts'

export interface Answer {
  reasoning: string
  text: string
}

/**
 * What the demo model says: always the same to the same messages, in the language of the last
 * question, and always with a line that says it is a demo.
 */
export function answerTo(model: string, messages: readonly ChatMessage[]): Answer {
  const last = messages.findLast(({ role }) => role === 'user')
  const title = titleFor(messages)
  if (title !== null) return { reasoning: '', text: title }
  return rest(model, messages) ?? freshAnswer(model, last?.text ?? '', last?.images ?? 0)
}

function freshAnswer(model: string, question: string, images: number): Answer {
  const language = isChinese(question) ? 'zh' : 'en'
  const samples = samplesIn(language)
  if (model === 'demo-writer') return { reasoning: '', text: longText(language) }
  const topic = topics.find(({ pattern }) => pattern.test(question))?.topic
  const body =
    images > 0 ? samples.images(images) : topic ? samples[topic] : samples.echo(excerpt(question))
  return {
    reasoning: model === 'demo-reasoner' ? samples.reasoning(excerpt(question)) : '',
    text: `${body}\n\n${samples.notice}`,
  }
}

/** The first that fits decides, so the particular comes before the general. */
const topics = [
  { topic: 'table', pattern: /\btables?\b|表格/i },
  { topic: 'math', pattern: /\b(math|formulas?|equations?|integrals?)|数学|公式|方程|积分/i },
  {
    topic: 'code',
    pattern: /\b(code|function|program|script|python|typescript|sql)\b|代码|函数|程序/i,
  },
  { topic: 'list', pattern: /\b(lists?|steps?|checklist)\b|列表|清单|步骤/i },
  {
    topic: 'help',
    pattern:
      /\b(help|who are you|what can you|connect|provider|api key)\b|帮助|你是谁|你能|连接|接入|密钥/i,
  },
  { topic: 'greeting', pattern: /^\s*(hi|hello|hey|good (morning|evening))\b|^\s*(你好|您好|嗨)/i },
] as const

/**
 * Asked to go on with a text of its own that was cut off, the model really goes on: what it has
 * said is a beginning of what it would say, so the rest is known.
 */
function rest(model: string, messages: readonly ChatMessage[]): Answer | null {
  const [said, wish] = messages.slice(-2)
  if (said?.role !== 'assistant' || !wish || !/continue|继续|接着/i.test(wish.text)) return null
  const whole = answerTo(model, messages.slice(0, -2)).text
  const isCut = said.text.length < whole.length && whole.startsWith(said.text)
  return isCut ? { reasoning: '', text: whole.slice(said.text.length) } : null
}

/** Asked to name a conversation, the model answers with a name and nothing else. */
function titleFor(messages: readonly ChatMessage[]): string | null {
  const asksForTitle =
    /\btitle\b[^]*\b(conversation|message|chat)|\b(conversation|message|chat)\b[^]*\btitle\b|标题/i
  const order = messages.findLast(({ text }) => asksForTitle.test(text))
  if (!order) return null
  const other = messages.find((message) => message.role === 'user' && message !== order)
  const subject = (other?.text ?? order.text.split('\n\n').at(-1) ?? '').replace(/\s+/g, ' ').trim()
  if (isChinese(subject))
    return [...subject.replace(/[，。？！,.?!].*$/u, '')].slice(0, 16).join('')
  return subject
    .split(' ')
    .slice(0, 6)
    .join(' ')
    .replace(/[,.?!:;]+$/, '')
}

function excerpt(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim()
  return line.length > 120 ? `${[...line].slice(0, 120).join('')}…` : line
}

function longText(language: 'en' | 'zh'): string {
  return readFileSync(new URL(`long-text.${language}.md`, import.meta.url), 'utf8').trim()
}
