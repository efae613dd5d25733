import type { Runtime } from './runtime.ts'

/** What the product has written down of the calls it made, and how it ended them. */
export class Ledger {
  readonly #runtime: Runtime

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  async #rows<Row>(sql: string): Promise<Row[]> {
    const db = await this.#runtime.miniflare.getD1Database('DB')
    return (await db.prepare(sql).all<Row>()).results
  }

  /** Messages that all users together have been charged. */
  async chargedMessages(): Promise<number> {
    const [row] = await this.#rows<{ messages: number | null }>(
      `select sum(messages) as messages from quota_usage where subject like 'user:%'`,
    )
    return row?.messages ?? 0
  }

  /** How many calls nobody has ended yet. */
  async openCalls(): Promise<number> {
    return (await this.#rows(`select 1 from generations where ended_at is null`)).length
  }

  /** The calls of programs, the oldest first. */
  calls(): Promise<{ state: string; refunded: number }[]> {
    return this.#rows(`select state, refunded from generations where kind = 'v1' order by reply_id`)
  }
}
