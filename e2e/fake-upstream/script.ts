/**
 * What a call of the fake upstream does, from its model's name. Words are joined by `:`; several
 * scripts are joined by `+`, as in `slow-first:3000+tokens:50` or `reason:5+cut:20`.
 *
 *   echo                  the last message, word by word
 *   tokens:N              N tokens as fast as possible: "t0 t1 t2 …"
 *   pace:MS:N             N tokens, MS apart
 *   reason:N              N tokens of reasoning first
 *   think-tags            reasoning inside the text, between <think> and </think>
 *   slow-first:MS         nothing at all, headers included, for MS
 *   stall-first           headers, then silence for ever
 *   stall:K  cut:K        silence for ever, or a broken connection, after K tokens
 *   stall-end  cut-end    the same after the last token and the finish reason, before [DONE]
 *   garbage:K             a line that is not JSON after K tokens, then on as if nothing had been
 *   error-in-stream:K     an error object after K tokens, then the end
 *   no-done               ends without finish reason and without [DONE]
 *   no-finish             ends with [DONE], but without a finish reason
 *   empty                 ends without any token
 *   big:BYTES             one token of this length
 *   html                  200 with a page instead of a stream
 *   status:CODE[:retry=S][:message=TEXT]   a refusal, with Retry-After
 */
export interface Script {
  deltas: Delta[]
  /** Wait before the headers, and between tokens. */
  firstMs: number
  paceMs: number
  /** What happens in front of the token with this number. */
  accident: { kind: 'stall' | 'cut' | 'garbage' | 'error'; at: number } | null
  finish: boolean
  /** What happens behind the finish reason. */
  atEnd: 'stall' | 'cut' | null
  done: boolean
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
  status: { status: number; headers: Record<string, string>; body: string } | null
}

export interface Delta {
  field: 'content' | 'reasoning_content'
  text: string
}

const tokensUnlessSaid = 40

export function scriptFor(model: string, question: string): Script {
  const script = model
    .split('+')
    .reduce((script, part) => withPart(script, part, question), plain())
  const said = script.deltas.some(({ field }) => field === 'content')
  const isBare = script.status !== null || model.split('+').includes('empty')
  const deltas = said || isBare ? script.deltas : [...script.deltas, ...tokens(tokensUnlessSaid)]
  const completionTokens = deltas.length
  return {
    ...script,
    deltas,
    usage: {
      prompt_tokens: 11,
      completion_tokens: completionTokens,
      total_tokens: 11 + completionTokens,
    },
  }
}

function withPart(script: Script, part: string, question: string): Script {
  const [word, ...words] = part.split(':')
  const number = (index: number, otherwise: number) => {
    const value = Number(words[index])
    return words[index] === undefined || Number.isNaN(value) ? otherwise : value
  }
  const count = number(0, 0)
  switch (word) {
    case 'echo':
      return { ...script, deltas: [...script.deltas, ...pieces(question)] }
    case 'tokens':
      return { ...script, deltas: [...script.deltas, ...tokens(number(0, tokensUnlessSaid))] }
    case 'pace':
      return { ...script, paceMs: count, deltas: [...script.deltas, ...tokens(number(1, 40))] }
    case 'reason':
      return {
        ...script,
        deltas: [...tokens(number(0, 10), 'reasoning_content'), ...script.deltas],
      }
    case 'think-tags':
      return { ...script, deltas: pieces('<think>a thought in tags</think>\n\nan answer after it') }
    case 'big':
      return { ...script, deltas: [{ field: 'content', text: 'x'.repeat(count) }] }
    case 'slow-first':
      return { ...script, firstMs: number(0, 1_000) }
    case 'stall-first':
      return { ...script, accident: { kind: 'stall', at: 0 } }
    case 'stall':
    case 'cut':
    case 'garbage':
      return { ...script, accident: { kind: word, at: count } }
    case 'error-in-stream':
      return { ...script, accident: { kind: 'error', at: count } }
    case 'stall-end':
      return { ...script, atEnd: 'stall' }
    case 'cut-end':
      return { ...script, atEnd: 'cut' }
    case 'no-done':
      return { ...script, finish: false, done: false }
    case 'no-finish':
      return { ...script, finish: false }
    case 'html':
      return { ...script, status: page }
    case 'status':
      return { ...script, status: refusal(number(0, 500), words.slice(1)) }
    default:
      return script
  }
}

function plain(): Script {
  const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
  return {
    deltas: [],
    firstMs: 0,
    paceMs: 0,
    accident: null,
    finish: true,
    atEnd: null,
    done: true,
    usage,
    status: null,
  }
}

/** Tokens anybody can compute, so that a test knows what it must receive. */
function tokens(count: number, field: Delta['field'] = 'content'): Delta[] {
  const letter = field === 'content' ? 't' : 'r'
  return Array.from({ length: count }, (_, index) => ({
    field,
    text: `${index === 0 ? '' : ' '}${letter}${index}`,
  }))
}

function pieces(text: string): Delta[] {
  const words = text.match(/\s*\S+|\s+$/g) ?? []
  return words.map((piece) => ({ field: 'content', text: piece }))
}

const page = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><h1>This is not an API</h1>',
}

function refusal(status: number, options: string[]): Script['status'] {
  const option = (name: string) =>
    options.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1)
  const retry = option('retry')
  const message = option('message') ?? `The fake upstream refuses with ${status}`
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retry ? { 'retry-after': retry } : {}),
    },
    body: JSON.stringify({ error: { message, type: 'fake_error', code: null } }),
  }
}
