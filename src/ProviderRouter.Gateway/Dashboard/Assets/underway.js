// A page of something that is under way comes anew when that is over. Only while somebody looks.
const id = document.querySelector('[data-under-way]')?.dataset.underWay;

async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(`/ui/exchanges/${encodeURIComponent(id)}/outcome`);
    if (response.ok && (await response.text()).length > 0) location.reload();
  } catch {
    // The server may come back.
  }
}

if (id) setInterval(look, 1500);
