/** Shows a number before the page's title and gives the title back as it was, or as the page has changed it since. */
export function pageTitle(page: { title: string }) {
  let own = page.title
  let shown: string | null = null
  return {
    show(count: number) {
      if (page.title !== shown) own = page.title
      shown = count ? `(${count}) ${own}` : null
      const wanted = shown ?? own
      if (page.title !== wanted) page.title = wanted
    },
  }
}
