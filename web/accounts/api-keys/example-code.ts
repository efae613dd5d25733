import type { Grammar } from '../../text/languages.ts'

export const exampleLanguages = ['curl', 'python', 'typescript'] as const
export type ExampleLanguage = (typeof exampleLanguages)[number]

export const languageNames: Record<ExampleLanguage, string> = {
  curl: 'curl',
  python: 'Python',
  typescript: 'TypeScript',
}
export const grammarOf: Record<ExampleLanguage, Grammar> = {
  curl: 'bash',
  python: 'python',
  typescript: 'typescript',
}

/** Stands where the key goes. */
const keyHere = 'YOUR_API_KEY'

/** A first request to `address`, which ends in /v1, as it is written in `language`. */
export function exampleCode(language: ExampleLanguage, address: string, model: string): string {
  switch (language) {
    case 'curl':
      return `curl ${address}/chat/completions \\
  -H "Authorization: Bearer ${keyHere}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": ${quoted(model).replaceAll("'", String.raw`'\''`)},
    "messages": [{"role": "user", "content": "Hello"}]
  }'`
    case 'python':
      return `# pip install openai
from openai import OpenAI

client = OpenAI(
    base_url=${quoted(address)},
    api_key="${keyHere}",
)
completion = client.chat.completions.create(
    model=${quoted(model)},
    messages=[{"role": "user", "content": "Hello"}],
)
print(completion.choices[0].message.content)`
    case 'typescript':
      return `// npm install openai
import OpenAI from "openai"

const client = new OpenAI({
  baseURL: ${quoted(address)},
  apiKey: "${keyHere}",
})
const completion = await client.chat.completions.create({
  model: ${quoted(model)},
  messages: [{ role: "user", content: "Hello" }],
})
console.log(completion.choices[0]?.message.content)`
    default:
      return language satisfies never
  }
}

/** A string of JSON is one of Python and of TypeScript, too. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
