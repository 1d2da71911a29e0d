// pincite: what the page does better with JavaScript. Everything works without.
// Text reaches the page only as text: nothing here makes HTML from a string.
'use strict';
(() => {
  const $ = (sel, from = document) => from.querySelector(sel);
  const $$ = (sel, from = document) => [...from.querySelectorAll(sel)];
  const make = (name, text, attrs = {}) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    for (const [k, v] of Object.entries(attrs)) e.setAttribute(k, v);
    return e;
  };

  function toast(text) {
    const t = make('div', text, { class: 'toast', role: 'status' });
    document.body.append(t);
    setTimeout(() => t.remove(), 1800);
  }
  async function copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      toast(what + ' copied');
    } catch {
      toast('The browser did not allow copying');
    }
  }

  // Hits and marks: what j and k move over.
  const stops = $$('.hit').length ? $$('.hit') : $$('.law mark');
  let at = -1;
  function move(step) {
    if (!stops.length) return;
    if (stops[at]) stops[at].classList.remove('now');
    at = Math.min(stops.length - 1, Math.max(0, at + step));
    const e = stops[at];
    e.classList.add('now');
    if (e.matches('.hit')) e.focus();
    e.scrollIntoView({ block: 'center' });
    const place = $('#place');
    if (place) place.textContent = `${at + 1} of ${stops.length}`;
  }
  $$('[data-move]').forEach(b => b.addEventListener('click', () => move(Number(b.dataset.move))));

  // The passage that c and y mean: the hit in focus, what holds the selected words, the unit that was clicked or that
  // the address bar names, or the document.
  const law = $('.law');
  let unit = null;
  const selected = () => {
    const s = getSelection();
    return law && s && !s.isCollapsed && law.contains(s.anchorNode) && law.contains(s.focusNode) ? s : null;
  };
  function current() {
    const s = selected();
    if (s) return s.getRangeAt(0).startContainer.parentElement.closest('[data-cite]');
    return document.activeElement.closest('.hit[data-cite]') || unit || $('[data-cite]');
  }
  function choose(u) {
    if (unit) unit.classList.remove('target');
    unit = u;
    if (u) u.classList.add('target');
    const here = $('#here');
    if (here) here.textContent = u ? u.dataset.cite : '';
  }
  const named = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ''; } };
  function follow() {
    const e = named() && document.getElementById(named());
    choose(e && law && law.contains(e) ? e.closest('.unit[data-cite]') : null);
  }
  if (law) {
    document.documentElement.classList.add('live');
    addEventListener('hashchange', follow);
    follow();
    law.addEventListener('click', ev => {
      const u = ev.target.closest('.unit[data-cite]');
      if (!u || ev.target.closest('a, summary, .cited') || !getSelection().isCollapsed) return;
      choose(u);
      history.replaceState(history.state, '', '#' + u.id);
    });
  }
  // As a brief quotes it: without the unit's own label, and with single marks inside the double ones.
  const inner = s => s.replace(/(^|[\s([\u2014\u2018])"/g, '$1\u2018').replace(/"/g, '\u2019').replace(/\u201c/g, '\u2018').replace(/\u201d/g, '\u2019');
  function quotation(e) {
    const s = selected();
    let text = s ? s.toString() : '';
    if (!s) {
      const from = ($('.passages .text', e) || $('p:not(.label)', e) || e).cloneNode(true);
      $$('.note-call', from).forEach(n => n.remove());
      text = from.textContent.trim();
      if (e.matches('.subdivision')) text = text.replace(/^(\(\w{1,5}\)|\w{1,4}\.)\s+/, '');
    }
    return `\u201c${inner(text.trim().replace(/\s+/g, ' '))}\u201d ${e.dataset.cite}.`;
  }
  const help = $('#help');
  const keys = {
    '/': () => { const q = $('#q'); q.focus(); q.select(); },
    j: () => move(1),
    k: () => move(-1),
    Enter: () => { const a = $('h2 a', document.activeElement); if (a) a.click(); },
    c: () => { const e = current(); if (e) copy(e.dataset.cite, 'Citation'); },
    y: () => { const e = current(); if (e) copy(quotation(e), 'Quotation'); },
    '?': () => help && help.showModal(),
  };
  document.addEventListener('keydown', ev => {
    if (ev.ctrlKey || ev.metaKey || ev.altKey || ev.target.matches('input, textarea, select')) return;
    if (ev.key === 'Enter' && !document.activeElement.matches('.hit')) return;
    const act = keys[ev.key];
    if (act) { ev.preventDefault(); act(); }
  });
  $$('[data-key]').forEach(b => b.addEventListener('click', () => keys[b.dataset.key]()));
  $$('.needs-script').forEach(e => e.removeAttribute('hidden'));

  // Suggestions: a combobox over /v1/suggest.
  const q = $('#q'), list = $('#suggestions');
  if (q && list) {
    let chosen = -1, timer = 0, asked = 0;
    const close = () => { list.hidden = true; chosen = -1; q.setAttribute('aria-expanded', 'false'); q.removeAttribute('aria-activedescendant'); };
    const choose = i => {
      const items = $$('li', list);
      if (items[chosen]) items[chosen].setAttribute('aria-selected', 'false');
      chosen = (i + items.length) % items.length;
      items[chosen].setAttribute('aria-selected', 'true');
      q.setAttribute('aria-activedescendant', items[chosen].id);
    };
    const show = found => {
      list.replaceChildren(...found.slice(0, 8).map((s, i) => {
        const li = make('li', s.text, { role: 'option', id: 'suggestion' + i, 'aria-selected': 'false' });
        if (s.kind) li.append(make('small', s.kind));
        li.addEventListener('mousedown', ev => { ev.preventDefault(); q.value = s.text; q.form.submit(); });
        li.dataset.text = s.text;
        return li;
      }));
      list.hidden = !found.length;
      chosen = -1;
      q.setAttribute('aria-expanded', String(found.length > 0));
    };
    const ask = async () => {
      const n = ++asked, prefix = q.value.trim();
      if (prefix.length < 2) { close(); return; }
      try {
        const r = await fetch('/v1/suggest?q=' + encodeURIComponent(prefix));
        const found = r.ok ? (await r.json()).suggestions : [];
        if (n === asked && document.activeElement === q) show(found);
      } catch { close(); }
    };
    q.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    q.addEventListener('blur', close);
    q.addEventListener('keydown', ev => {
      if (ev.key === 'Escape') { close(); return; }
      if (list.hidden) return;
      if (ev.key === 'ArrowDown' || ev.key === 'ArrowUp') { ev.preventDefault(); choose(chosen + (ev.key === 'ArrowDown' ? 1 : -1)); }
      if (ev.key === 'Enter' && chosen >= 0) { ev.preventDefault(); q.value = $$('li', list)[chosen].dataset.text; q.form.submit(); }
    });
  }

  // Brief checker: a dropped text file fills the box; it goes nowhere but to our own server.
  const brief = $('#brief');
  if (brief) {
    const input = $('#brief-file');
    const take = async file => {
      if (!file) return;
      const bytes = await file.arrayBuffer();
      // Old word processors wrote Windows-1252; a text box has no bytes, only letters.
      try { brief.value = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { brief.value = new TextDecoder('windows-1252').decode(bytes); }
      $('#brief-name').textContent = file.name;
      if (input) input.value = ''; // it is in the box now: not sent twice
    };
    brief.addEventListener('dragover', ev => { ev.preventDefault(); brief.classList.add('over'); });
    brief.addEventListener('dragleave', () => brief.classList.remove('over'));
    brief.addEventListener('drop', ev => { ev.preventDefault(); brief.classList.remove('over'); take(ev.dataTransfer.files[0]); });
    if (input) input.addEventListener('change', () => take(input.files[0]));
  }

  // On a phone the outline and the filters wait to be opened.
  const fold = (sel, width) => { const d = $(sel); if (d && !matchMedia(`(min-width: ${width})`).matches) d.open = false; };
  fold('.outline details', '70rem');
  fold('.facets details', '56.01rem');

  // The outline follows the text.
  const links = new Map($$('.outline a').map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  if (links.size && 'IntersectionObserver' in window) {
    const seen = new IntersectionObserver(entries => {
      for (const e of entries) {
        const a = links.get(e.target.id);
        if (!a || !e.isIntersecting) continue;
        for (const other of links.values()) other.removeAttribute('aria-current');
        a.setAttribute('aria-current', 'true');
        const box = $('.outline'), top = a.offsetTop - box.scrollTop;
        if (top < 0 || top > box.clientHeight - 40) box.scrollTop = a.offsetTop - box.clientHeight / 2;
      }
    }, { rootMargin: '-10% 0px -70% 0px' });
    $$('.unit[id]').forEach(u => seen.observe(u));
  }
})();
