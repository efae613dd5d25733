/**
 * Something large that is fetched when it is first wanted. Until it is there, whoever asks goes
 * without; `onLoaded` says when asking again is worth it. What cannot be fetched stays absent.
 */
export class OnFirstUse<T> {
  #value: T | undefined
  #state: 'unused' | 'loading' | 'done' = 'unused'
  readonly #load: () => Promise<T>
  readonly #onLoaded: () => void

  constructor(load: () => Promise<T>, onLoaded: () => void) {
    this.#load = load
    this.#onLoaded = onLoaded
  }

  /** The thing, or undefined while it is not there; asking fetches it. */
  get value(): T | undefined {
    if (this.#state === 'unused') {
      this.#state = 'loading'
      void this.#fetch()
    }
    return this.#value
  }

  get isLoading(): boolean {
    return this.#state === 'loading'
  }

  async #fetch(): Promise<void> {
    try {
      this.#value = await this.#load()
    } catch {
      // A message without colours is still a message.
    }
    this.#state = 'done'
    this.#onLoaded()
  }
}
