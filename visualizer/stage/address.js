// Keeps the address of a page. Streamlit's own way adds an entry to the browser's history at each change, so that Back
// would lead through all of them.

export default function mount({ data }) {
  if (data.query !== location.search.slice(1)) history.replaceState(history.state, "", `?${data.query}`);
}
