import { expect, it } from 'vitest'
import { exampleCode, exampleLanguages } from './example-code.ts'

const address = 'https://chat.example.org/v1'

it('is filled in with the address and the model', () => {
  for (const language of exampleLanguages) {
    const code = exampleCode(language, address, 'eu.gpt-5')
    expect(code).toContain(address)
    expect(code).toContain('"eu.gpt-5"')
    expect(code).toContain('YOUR_API_KEY')
  }
})

it('stays whole whatever a model is called', () => {
  const odd = `it's "odd"\\`
  const [curl = '', python = ''] = exampleLanguages.map((name) => exampleCode(name, address, odd))
  const body = /-d '([\s\S]*)'$/.exec(curl)?.[1]?.replaceAll(`'\\''`, `'`) ?? ''
  expect(JSON.parse(body)).toMatchObject({ model: odd })
  expect(JSON.parse(/model=(".*"),/.exec(python)?.[1] ?? '')).toBe(odd)
})
