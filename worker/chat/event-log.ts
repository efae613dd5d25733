/** Text beyond this goes into a new row: a row is rewritten whole at each append. */
const blockCharactersMax = 16_000
/** Frames of the newest appends stay in memory this far, so that live readers need no storage. */
const recentBytesMax = 64_000

/** What one append stored: the frames of the events `from` … `to`, as they go over the wire. */
interface Piece {
  from: number
  to: number
  bytes: Uint8Array
}

/** The table a log is kept in. */
export const logSchema =
  'create table blocks (number integer primary key, seq_to integer not null, body text not null)'

/** How events are written down one after the other. */
export interface Framing<Event> {
  frameOf(event: Event, seq: number): string
  /** Where the frame of `seq` begins in a text whose last frame is that of `lastSeq`. */
  startOf(text: string, seq: number, lastSeq: number): number
}

/**
 * The append-only record of one run, in the object's own SQLite. The stored text is the wire format
 * itself, so that live view, replay and fold read the same bytes. An event is shown only after the
 * storage has confirmed it: `append` stores, `shownSeq` moves when that is durable.
 */
export class EventLog<Event> {
  readonly #sql: SqlStorage
  readonly #sync: () => Promise<void>
  readonly #framing: Framing<Event>
  #lastSeq: number
  #shownSeq: number
  #block: { number: number; length: number }
  #recent: Piece[] = []
  #recentBytes = 0
  #wake = Promise.withResolvers<void>()

  constructor(sql: SqlStorage, sync: () => Promise<void>, framing: Framing<Event>) {
    this.#sql = sql
    this.#sync = sync
    this.#framing = framing
    const last = sql
      .exec<{ number: number; seq_to: number; length: number }>(
        'select number, seq_to, length(body) as length from blocks order by number desc limit 1',
      )
      .toArray()[0]
    this.#lastSeq = last?.seq_to ?? 0
    // What was stored before this object woke is durable.
    this.#shownSeq = this.#lastSeq
    this.#block = { number: last?.number ?? 0, length: last?.length ?? Infinity }
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  get shownSeq(): number {
    return this.#shownSeq
  }

  /** Stores `events` under the next seqs in one row written; settles when readers may see them. */
  append(events: readonly Event[]): Promise<void> {
    if (events.length === 0) return Promise.resolve()
    const from = this.#lastSeq + 1
    let text = ''
    for (const event of events) text += this.#framing.frameOf(event, ++this.#lastSeq)
    this.#store(text)
    const piece = { from, to: this.#lastSeq, bytes: new TextEncoder().encode(text) }
    this.#recent.push(piece)
    this.#recentBytes += piece.bytes.byteLength
    return this.#sync().then(() => this.#show(piece.to))
  }

  #store(text: string): void {
    if (this.#block.length + text.length > blockCharactersMax) {
      this.#block = { number: this.#block.number + 1, length: text.length }
      this.#sql.exec(
        'insert into blocks (number, seq_to, body) values (?, ?, ?)',
        this.#block.number,
        this.#lastSeq,
        text,
      )
      return
    }
    this.#block.length += text.length
    this.#sql.exec(
      'update blocks set body = body || ?, seq_to = ? where number = ?',
      text,
      this.#lastSeq,
      this.#block.number,
    )
  }

  #show(seq: number): void {
    this.#shownSeq = Math.max(this.#shownSeq, seq)
    while (this.#recentBytes > recentBytesMax && this.#recent[0]!.to < this.#shownSeq) {
      this.#recentBytes -= this.#recent.shift()!.bytes.byteLength
    }
    this.wakeReaders()
  }

  /** Makes every waiting reader look again. */
  wakeReaders(): void {
    const { resolve } = this.#wake
    this.#wake = Promise.withResolvers()
    resolve()
  }

  /** Settles at the next append that may be seen, or when readers are woken for another reason. */
  get news(): Promise<void> {
    return this.#wake.promise
  }

  /** The frames that follow `seq`, as far as they may be shown and in pieces, or null. */
  after(seq: number): Piece | null {
    if (seq >= this.#shownSeq) return null
    const recent = this.#recent.findLast((piece) => piece.from === seq + 1)
    if (recent && recent.to <= this.#shownSeq) return recent
    const block = this.#sql
      .exec<{ seq_to: number; body: string }>(
        'select seq_to, body from blocks where seq_to > ? order by number limit 1',
        seq,
      )
      .one()
    const to = Math.min(block.seq_to, this.#shownSeq)
    const startOf = (each: number) => this.#framing.startOf(block.body, each, block.seq_to)
    const start = startOf(seq + 1)
    const end = to === block.seq_to ? block.body.length : startOf(to + 1)
    return { from: seq + 1, to, bytes: new TextEncoder().encode(block.body.slice(start, end)) }
  }

  /** All that is stored, one text of whole frames after the other. */
  *texts(): Generator<string> {
    for (const { body } of this.#sql.exec<{ body: string }>(
      'select body from blocks order by number',
    )) {
      yield body
    }
  }

  /** The newest of them, which holds the last frame. */
  get lastText(): string {
    const rows = this.#sql.exec<{ body: string }>(
      'select body from blocks order by number desc limit 1',
    )
    return rows.toArray()[0]?.body ?? ''
  }

  clear(): void {
    this.#sql.exec('delete from blocks')
    this.#recent = []
    this.#recentBytes = 0
    this.#block = { number: 0, length: Infinity }
  }
}
