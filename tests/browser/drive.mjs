// Drives Chromium over its debugging pipe (no library): node drive.mjs URL [axe.min.js [DIRECTORY-FOR-PICTURES]]
// Prints a line for each check that fails; status 1 when one did.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [base, axePath, pictures] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'pincite-browser-'));
const chromium = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  '--user-data-dir=' + profile, '--remote-debugging-pipe', 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
// Chromium's own children may still write there for a moment: that is no finding about the page.
const sweep = () => { try { rmSync(profile, { recursive: true, force: true, maxRetries: 5 }); } catch (e) { console.log('left behind: ' + e.message); } };
const end = status => { chromium.kill('SIGKILL'); chromium.on('exit', () => { sweep(); process.exit(status); }); };
setTimeout(() => { console.log('the browser took longer than 100 s'); end(1); }, 100000).unref();

// One command at a time over the pipe: JSON messages that end in NUL.
let next = 0, rest = '';
const waiting = new Map(), events = [];
chromium.stdio[4].on('data', data => {
  const parts = (rest + data).split('\0');
  rest = parts.pop();
  for (const part of parts) {
    const m = JSON.parse(part);
    if (m.id) { const { yes, no } = waiting.get(m.id); waiting.delete(m.id); m.error ? no(new Error(m.error.message)) : yes(m.result); }
    else events.filter(e => e.name === m.method).forEach(e => { events.splice(events.indexOf(e), 1); e.yes(m.params); });
  }
});
let session;
const send = (method, params = {}) => new Promise((yes, no) => {
  waiting.set(++next, { yes, no });
  chromium.stdio[3].write(JSON.stringify({ id: next, method, params, sessionId: session }) + '\0');
});
const event = name => new Promise(yes => events.push({ name, yes }));
const run = async expression => {
  const r = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description ?? r.exceptionDetails.text);
  return r.result.value;
};
// A machine busy with other tests may make a request wait too long for a worker: a 503 is asked again.
const go = async path => {
  for (let i = 0; i < 30; i++) {
    const loaded = event('Page.loadEventFired');
    await send('Page.navigate', { url: base + path });
    await loaded;
    if (await run('performance.getEntriesByType("navigation")[0]?.responseStatus') !== 503) return;
  }
};
const key = async k => {
  const named = { Enter: [13, '\r'], Escape: [27, ''] }[k];
  await send('Input.dispatchKeyEvent', { type: 'keyDown', key: k, text: named ? named[1] : k, windowsVirtualKeyCode: named ? named[0] : k.charCodeAt(0) });
  await send('Input.dispatchKeyEvent', { type: 'keyUp', key: k });
};
const size = (width, height) => send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
const scheme = value => send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
const picture = async name => {
  if (pictures) writeFileSync(join(pictures, name + '.png'), Buffer.from((await send('Page.captureScreenshot', {})).data, 'base64'));
};
let bad = 0;
const is = (what, ok, more = '') => { if (!ok) { bad++; console.log(`bad: ${what} ${more}`); } };

const axe = axePath ? readFileSync(axePath, 'utf8') : null;
const accessible = async what => {
  if (!axe) return;
  await send('Page.setBypassCSP', { enabled: true });
  await run(axe + ';0');
  const found = await run('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"] })' +
    '.then(r => r.violations.map(v => v.id + ": " + v.nodes.slice(0, 2).map(n => n.target + " " + n.failureSummary).join("; ")))');
  is(what + ': accessibility', found.length === 0, found.join('\n     '));
};

async function checks() {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  session = (await send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  await send('Page.enable');
  await send('Runtime.enable');
  await size(1280, 900);

  // Search by keyboard: / focuses, Enter searches, j moves, Enter opens, the address bar holds the state.
  await go('/');
  await accessible('start page');
  await picture('home');
  await key('/');
  is('/ focuses the box', await run('document.activeElement.id') === 'q');
  await send('Input.insertText', { text: 'inquiry file' });
  let loaded = event('Page.loadEventFired');
  await key('Enter');
  await loaded;
  is('the address bar holds the query', (await run('location.search')).includes('q=inquiry'), await run('location.href'));
  is('hits', await run('document.querySelectorAll(".hit").length') > 1);
  is('marks in snippets', await run('document.querySelectorAll(".hit mark").length') > 1);
  is('live count', /\d+ hits/.test(await run('document.querySelector("[role=status]").textContent')));
  await accessible('hits');
  await picture('hits');
  await run('document.activeElement.blur()');
  await key('j'); await key('j'); await key('k');
  is('j j k is at the first hit', await run('[...document.querySelectorAll(".hit")].indexOf(document.activeElement)') === 0);
  await key('j');
  const wanted = await run('document.activeElement.querySelector("h2 a").href');
  loaded = event('Page.loadEventFired');
  await key('Enter');
  await loaded;
  is('Enter opens the hit', await run('location.href') === wanted, wanted);
  is('marks in the text', await run('document.querySelectorAll(".law mark").length') > 0);
  await accessible('reading view');
  await key('j');
  is('j goes to a mark', /^1 of \d+/.test(await run('document.getElementById("place").textContent')));
  await picture('reading');
  await key('?');
  is('? opens the help', await run('document.getElementById("help").open'));
  await accessible('help');
  await key('Escape');

  // A deep link shows its subdivision.
  await go('/d/us-fk/rsf/s14.030?q=harbor#2/2');
  is('deep link', await run('!!document.querySelector(":target") && document.querySelector(":target").getBoundingClientRect().top < innerHeight'));
  is('outline', await run('document.querySelectorAll(".outline a").length') > 5);
  // A click chooses a subdivision: its citation is said and copied, the address bar names it; selected words are quoted with theirs.
  await run('navigator.clipboard.writeText = t => { window.copied = t; return Promise.resolve(); }; 0');
  await run('document.getElementById("1").querySelector("p").click()');
  is('a click chooses', await run('document.getElementById("here").textContent') === 'Frk. Rev. Stat. § 14.030.1', await run('document.getElementById("here").textContent'));
  is('the address bar names it', await run('location.hash') === '#1');
  await key('c');
  is('c copies its citation', await run('window.copied') === 'Frk. Rev. Stat. § 14.030.1', await run('window.copied'));
  await key('y');
  is('y quotes it', /^\u201cAny person whose vessel.*report\.\u201d Frk\. Rev\. Stat\. § 14\.030\.1\.$/.test(await run('window.copied')), await run('window.copied'));
  await run('{ const p = document.getElementById("2/2").querySelector("p").firstChild, r = document.createRange(); r.setStart(p, 4); r.setEnd(p, 22); getSelection().removeAllRanges(); getSelection().addRange(r); }');
  await key('y');
  is('y quotes what is selected', await run('window.copied') === '\u201cWithin twenty days\u201d Frk. Rev. Stat. § 14.030.2(2).', await run('window.copied'));
  // What narrows the answer is named, and a click takes it away.
  await go('/?q=harbor&kind=statute');
  is('narrowed', await run('document.querySelector(".narrowed a").textContent.startsWith("Kind: statute")'));
  loaded = event('Page.loadEventFired');
  await run('document.querySelector(".narrowed a").click()');
  await loaded;
  is('no longer narrowed', !(await run('location.search')).includes('kind') && await run('!document.querySelector(".narrowed")'), await run('location.search'));
  // Every kind of page is accessible.
  for (const [name, path] of [['repairs', '/d/us-fk/rsf/s14.030@2?view=repairs'], ['original', '/d/us-fk/rsf/s14.030@2?view=original'],
    ['case', '/d/case/frk/150/88'], ['statute', '/d/us-fk/rsf/s14.030'], ['bill', '/?q=kind:bill+harbor'],
    ['direct answer', '/?q=Frk.+Rev.+Stat.+14.030'], ['nothing found', '/?q=%22nothing+like+this%22'], ['bad query', '/?q=%22open'],
    ['bad parameter', '/?q=harbor&n=x'], ['no such document', '/d/us/usc/t99/s9'], ['no such path', '/nonsense'],
    ['brief', '/brief'], ['authorities', '/authorities'], ['table of authorities', '/authorities?q=214+Frk.+331'], ['no authorities', '/authorities?q=nonsense']]) {
    await go(path);
    is(name + ' has one heading', await run('document.querySelectorAll("h1").length') === 1);
    await accessible(name);
    await picture(name.replaceAll(' ', '-'));
  }

  // The brief checker: a dropped file fills the box, the results name the troubles in words and lead to the text.
  await go('/brief');
  await run(`{ const d = new DataTransfer();
    d.items.add(new File([new Uint8Array([0x93, ...new TextEncoder().encode('No words of this kind.'), 0x94, 0x20, ...new TextEncoder().encode('Gull Rock v. Port of Larkspur, 150 Frk. 88 (Frk. 1988).')])], 'brief.txt'));
    document.getElementById('brief').dispatchEvent(new DragEvent('drop', { dataTransfer: d, bubbles: true, cancelable: true }));
    new Promise(r => setTimeout(r, 0)).then(() => 0) }`);
  await run('new Promise(yes => { const look = () => document.getElementById("brief").value ? yes(1) : requestAnimationFrame(look); look(); })');
  is('a dropped file of an old word processor', (await run('document.getElementById("brief").value')).startsWith('\u201cNo words'));
  is('its name is said', await run('document.getElementById("brief-name").textContent') === 'brief.txt');
  loaded = event('Page.loadEventFired');
  await run('document.querySelector("form.check button").click()');
  await loaded;
  is('a finding', await run('document.querySelectorAll(".finding").length') === 1);
  is('the verdict is a word', await run('document.querySelector(".finding strong").textContent') === 'Differs');
  is('the evidence', /the corpus 1987/.test(await run('document.querySelector(".evidence").textContent')));
  await accessible('brief checked');
  await picture('brief-checked');
  loaded = event('Page.loadEventFired');
  await run('document.querySelector(".finding a").click()');
  await loaded;
  is('it leads to the case', (await run('location.pathname')) === '/d/case/frk/150/88');
  is('the case says what became of it', /overruled in part by/.test(await run('document.querySelector(".notice").textContent')));

  // Phone: nothing is wider than the screen; what one taps is large enough.
  await size(320, 640);
  for (const [name, path] of [['home', '/'], ['hits', '/?q=harbor'], ['reading', '/d/us-fk/rsf/s14.030?q=harbor'], ['none', '/?q=%22open'],
    ['brief', '/brief'], ['case', '/d/case/frk/150/88'], ['table', '/authorities?q=214+Frk.+331'], ['original', '/d/us-fk/rsf/s14.030@2?view=original']]) {
    await go(path);
    is(name + ' at 320 px', await run('document.documentElement.scrollWidth') <= 320, await run('document.documentElement.scrollWidth'));
    await picture('phone-' + name);
  }
  await accessible('phone');

  // Dark: dark paper, and contrast still enough.
  await size(1280, 900);
  await scheme('dark');
  await go('/d/us-fk/rsf/s14.030?q=harbor');
  is('dark paper', await run('getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).every(n => n < 60)'));
  await accessible('dark');
  await picture('dark');
  for (const path of ['/', '/?q=harbor', '/brief', '/authorities?q=214+Frk.+331', '/d/case/frk/150/88', '/d/us-fk/rsf/s14.030@2?view=original']) {
    await go(path);
    await accessible('dark ' + path);
  }
  await scheme('light');

  // Print: the text alone.
  await send('Emulation.setEmulatedMedia', { media: 'print' });
  is('print hides the tools', await run('getComputedStyle(document.querySelector(".top")).display') === 'none');
  await picture('print');
  await send('Emulation.setEmulatedMedia', { media: '' });

  // Without JavaScript: search, open, page on.
  await send('Emulation.setScriptExecutionDisabled', { value: true });
  await go('/?q=harbor&n=2');
  const doc = async selector => {
    const { root } = await send('DOM.getDocument', { depth: -1 });
    return (await send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })).nodeIds.length;
  };
  is('hits without JavaScript', await doc('.hit') === 2);
  is('next page without JavaScript', await doc('a[rel=next]') === 1);
  is('no dead buttons without JavaScript', await doc('.needs-script:not([hidden])') === 0);
  await picture('no-script');
}

checks().catch(e => { bad++; console.log('bad: ' + e.stack); }).then(() => end(bad ? 1 : 0));
