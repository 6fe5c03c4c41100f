for (const control of document.querySelectorAll('[data-control]')) control.hidden = false;

const compare = (key, way) => (one, other) => {
  const [a, b] = [one.dataset[key] ?? '', other.dataset[key] ?? ''];
  const numbers = key !== 'name';
  return way * (numbers ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang));
};

for (const choice of document.querySelectorAll('select[data-control]')) {
  const section = choice.closest('section');
  const rows = [...section.querySelectorAll('.entry')];
  const shown = rows.filter(row => row.parentElement.matches('.first')).length;
  choice.addEventListener('change', () => {
    const [key, way] = choice.value.split(' ');
    [...rows].sort(compare(key, Number(way))).forEach((row, at) => {
      section.querySelector(at < shown ? '.first' : '.rest').append(row);
    });
  });
}

for (const button of document.querySelectorAll('th button[data-control]')) {
  let way = 1;
  button.addEventListener('click', () => {
    const body = button.closest('table').tBodies[0];
    body.append(...[...body.rows].sort(compare(button.dataset.key, way)));
    for (const heading of button.closest('tr').cells) heading.removeAttribute('aria-sort');
    button.closest('th').setAttribute('aria-sort', way > 0 ? 'ascending' : 'descending');
    way = -way;
  });
}

const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) if (at.matches('details')) at.open = true;
  target?.querySelector('details')?.setAttribute('open', '');
  target?.scrollIntoView();
};
addEventListener('hashchange', unfold);
unfold();
addEventListener('beforeprint', () => document.querySelectorAll('details.why, details.rest').forEach(one => { one.open = true; }));
