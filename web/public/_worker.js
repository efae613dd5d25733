// Pages serves the files; whatever is the API's goes to the Worker, untouched in both directions.
export default {
  fetch: (request, env) => env.API.fetch(request),
}
