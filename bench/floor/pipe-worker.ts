interface FloorBindings {
  /** The upstream's base URL, ending in /v1. */
  UPSTREAM: string
}

/** The least a Worker can do: the upstream's body goes through natively, no script sees it. */
export default {
  fetch(request, env) {
    return fetch(`${env.UPSTREAM}/chat/completions`, request)
  },
} satisfies ExportedHandler<FloorBindings>
