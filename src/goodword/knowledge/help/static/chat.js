// The link stays hidden where scripts don't run: there would be no chat to open.
for (const link of document.querySelectorAll('[data-open-chat]')) {
  link.hidden = false
  link.addEventListener('click', (event) => {
    event.preventDefault()
    ;(window.goodword ||= []).push(['open'])
  })
}
