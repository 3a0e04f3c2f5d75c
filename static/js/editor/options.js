// Options and values: arrows instead of numbers for the order, a cross instead of an emptied field, a value added by Enter.
const WORDS = document.documentElement.lang === 'de'
  ? { up: 'nach oben', down: 'nach unten', away: 'entfernen' }
  : { up: 'Move up', down: 'Move down', away: 'Remove' };

function button(sign, label, act) {
  const b = document.createElement('button');
  Object.assign(b, { type: 'button', className: 'btn btn-quiet btn-icon btn-small', textContent: sign });
  b.setAttribute('aria-label', label);
  b.addEventListener('click', act);
  return b;
}

// Numbers follow the order on the page.
function count(items) {
  items.forEach((item, at) => { const place = item.querySelector('input[name$=".place"]'); if (place) place.value = at + 1; });
}

function movable(item, siblings, name, box) {
  const move = by => () => {
    const all = siblings(), at = all.indexOf(item), other = all[at + by];
    if (!other) return;
    by < 0 ? other.before(item) : other.after(item);
    count(siblings());
    item.dispatchEvent(new Event('input', { bubbles: true }));
  };
  box.append(button('↑', `${name}: ${WORDS.up}`, move(-1)), button('↓', `${name}: ${WORDS.down}`, move(1)));
}

export function options(form) {
  for (const option of form.querySelectorAll('[data-option]')) {
    const name = option.querySelector('.option-head input'), place = option.querySelector('.option-head .place');
    const arrows = document.createElement('div');
    arrows.className = 'line arrows';
    movable(option, () => [...form.querySelectorAll('[data-option]')], name.value, arrows);
    place.hidden = true;
    place.after(arrows);
    const values = () => [...option.querySelectorAll('[data-value]')];
    for (const value of values()) {
      const text = value.querySelector('input'), number = value.querySelector('.place');
      number.hidden = true;
      movable(value, values, text.value, value);
      value.append(button('×', `${text.value}: ${WORDS.away}`, () => {
        const gone = text.value === '';
        text.value = gone ? text.defaultValue : '';
        text.placeholder = gone ? '' : text.defaultValue;
        value.toggleAttribute('data-gone', !gone);
        text.dispatchEvent(new Event('input', { bubbles: true }));
      }));
    }
  }
  // Of the rows for new options one is open; the next one comes when it is filled in.
  const fresh = [...form.querySelectorAll('[data-fresh]')];
  const show = () => fresh.forEach((row, at) => { row.hidden = at > 0 && !fresh[at - 1].querySelector('input').value && !row.querySelector('input').value; });
  form.addEventListener('input', e => { if (e.target.closest('[data-fresh]')) show(); });
  show();
}
