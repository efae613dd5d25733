// Runs before the first paint, as its own file because the page forbids inline scripts.
// It repeats what ui/look.ts and text/i18n.ts stored, so nothing flashes while the app loads.
;(function () {
  var root = document.documentElement
  var look = {}
  try {
    look = JSON.parse(localStorage.getItem('aichat.look') || '{}') || {}
    root.lang = localStorage.getItem('aichat.language') || root.lang
  } catch (_) {}
  var dark = matchMedia('(prefers-color-scheme: dark)').matches
  var theme = look.theme === 'light' || look.theme === 'dark' ? look.theme : dark ? 'dark' : 'light'
  root.dataset.theme = theme
  root.dataset.fontSize = look.fontSize || 'normal'
  var accent = (look.accents && look.accents[theme]) || {}
  Object.keys(accent).forEach(function (name) {
    root.style.setProperty(name, accent[name])
  })
})()
