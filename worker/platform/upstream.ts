/** How an adapter reaches the world: every call guarded, every arrival of bytes noticed. */
export interface Upstream {
  /** Refuses what the address guard refuses, at each hop; ends with the run's signal. */
  fetch(url: string, init: { method: string; headers: Headers; body?: string }): Promise<Response>
  /** Called when bytes arrived, comments and pings included, so that silence can be told. */
  alive(): void
}
