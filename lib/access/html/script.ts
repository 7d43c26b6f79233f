/**
 * The page's only script. It reads only the page. It contains no data, so no data can become code. Without it the page
 * has the picture and the table, but no search.
 */
export const SCRIPT = `
'use strict';
const search = document.getElementById('search');
const rows = [...document.querySelectorAll('tbody tr')];
const texts = rows.map((row) => row.textContent.toLowerCase().replace(/\\s+/g, ' '));
const drawn = [...document.querySelectorAll('[data-rows]')].map((element) => ({
  element,
  rows: element.dataset.rows.split(' ').map(Number),
}));
const count = document.getElementById('count');
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  rows.forEach((row, index) => {
    row.hidden = !words.every((word) => texts[index].includes(word));
  });
  for (const { element, rows: its } of drawn) {
    element.toggleAttribute('hidden', its.every((index) => rows[index].hidden));
  }
  const shown = rows.filter((row) => !row.hidden).length;
  count.textContent = shown + ' of ' + rows.length + ' rows';
}
search.addEventListener('input', filter);
document.querySelector('.search').hidden = false;
filter();
function mark(event) {
  const node = event.target.closest('.node');
  const its = node && event.type !== 'focusout' && event.type !== 'mouseout'
    ? new Set(node.dataset.rows.split(' ').map(Number)) : new Set();
  for (const { element, rows: other } of drawn) {
    element.classList.toggle('of', element.matches('.edge') && other.some((index) => its.has(index)));
  }
}
const picture = document.getElementById('picture');
if (picture) {
  for (const type of ['focusin', 'focusout', 'mouseover', 'mouseout']) picture.addEventListener(type, mark);
  picture.addEventListener('click', (event) => {
    const node = event.target.closest('.node');
    const row = node && document.getElementById(node.getAttribute('href').slice(1));
    if (row) row.focus();
  });
}
`;
