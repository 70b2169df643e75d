// What a real shop would do too: tell the chat who has signed in, and forget him when he has signed out.
const chat = (window.goodword ||= [])
const { userId, email, name, signature } = document.currentScript.dataset

try {
  const before = localStorage.getItem('shop.user')
  if (before && before !== userId) chat.push(['forget'])
  if (userId) localStorage.setItem('shop.user', userId)
  else localStorage.removeItem('shop.user')
} catch {
  // A browser that stores nothing has nothing to forget.
}
if (userId) chat.push(['identify', { user_id: userId, email, name, signature }])

for (const button of document.querySelectorAll('[data-open-chat]')) {
  button.hidden = false
  button.addEventListener('click', () => window.goodword.push(['open']))
}
