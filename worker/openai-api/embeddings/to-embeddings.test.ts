import { expect, it } from 'vitest'
import { hasOpenAiContract, loadOpenAiContract } from '../../../e2e/openai-contract.ts'
import { embeddingsBody } from './to-embeddings.ts'

const usage = {
  inputTokens: 7,
  outputTokens: 0,
  reasoningTokens: null,
  cachedTokens: null,
  totalTokens: 7,
}
const vectors = [
  [0.5, -1],
  [0, 2],
]
const bodyWith = (embeddings: unknown[], tokens: number) => ({
  object: 'list',
  data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })),
  model: 'name',
  usage: { prompt_tokens: tokens, total_tokens: tokens },
})
const hasContract = hasOpenAiContract('embeddings by the published schema')
const contract = hasContract ? await loadOpenAiContract() : null

it('lists numbers', () => {
  const body = embeddingsBody({ vectors, usage }, 'name', 'float')
  expect(body).toEqual(bodyWith(vectors, 7))
  expect(contract?.compile('embeddings-response')(body) ?? []).toEqual([])
})

it('packs numbers as floats of four bytes, the least of them first', () => {
  const body = embeddingsBody({ vectors, usage }, 'name', 'base64', 9)
  expect(body).toEqual(bodyWith(['AAAAPwAAgL8=', 'AAAAAAAAAEA='], 9))
  expect(contract?.compile('embeddings-response.tolerant')(body) ?? []).toEqual([])
})

it('counts nothing where nobody did', () => {
  expect(embeddingsBody({ vectors, usage: null }, 'name', 'float')).toEqual(bodyWith(vectors, 0))
})
