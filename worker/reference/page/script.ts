/** Finds endpoints by what their summaries hold, and opens whatever a link leads to. */
export const script = `
const field = document.getElementById('filter')
const count = document.getElementById('count')
const operations = Array.from(document.querySelectorAll('.operation'))
const entries = new Map(
  Array.from(document.querySelectorAll('[data-for]'), (entry) => [entry.dataset.for, entry]),
)
const texts = new Map(
  operations.map((each) => {
    const section = each.closest('section').querySelector('h2').textContent
    const summary = each.querySelector('summary').textContent
    return [each, (section + ' ' + summary).toLowerCase().replace(/\\s+/g, ' ')]
  }),
)
const groups = Array.from(document.querySelectorAll('main section'))
const shelves = Array.from(document.querySelectorAll('nav > ul > li'))

function filter() {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let shown = 0
  for (const each of operations) {
    const isShown = words.every((word) => texts.get(each).includes(word))
    each.hidden = !isShown
    entries.get(each.id).hidden = !isShown
    if (isShown) shown++
  }
  for (const group of groups) {
    group.hidden = words.length > 0 && !group.querySelector('.operation:not([hidden])')
  }
  for (const shelf of shelves) {
    shelf.hidden = words.length > 0 && !shelf.querySelector('[data-for]:not([hidden])')
  }
  count.textContent = words.length === 0 ? '' : shown + ' of ' + operations.length
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target || target.tagName !== 'DETAILS') return
  if (target.hidden || target.closest('section').hidden) {
    field.value = ''
    filter()
  }
  target.open = true
  target.scrollIntoView()
  target.querySelector('summary').focus({ preventScroll: true })
}

field.addEventListener('input', filter)
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  field.value = ''
  filter()
})
addEventListener('hashchange', openTarget)
filter()
openTarget()
`
