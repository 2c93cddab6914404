// Keeps the address of a page. Streamlit's own way adds an entry to the browser's history at each change, so that Back
// would lead through all of them. A part of a page that the reader has just left has no say in the next one's address.

export default function mount({ data }) {
  const here = location.pathname.split("/").at(-1) === data.page;
  if (here && data.query !== location.search.slice(1)) history.replaceState(history.state, "", `?${data.query}`);
}
