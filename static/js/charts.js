/* Draws the charts of a page from the tables that stand behind them, and folds the tables away. Without this file, or in a
   browser too old for it, the tables stay open. Nothing is written into the page but on canvas: the policy of styles holds. */
(() => {
  'use strict';
  // Okabe and Ito's colours, told apart by the colour-blind; lines differ by their marks as well, bars by their patterns.
  const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#7a5c00', '#56b4e9', '#000000', '#e69f00'];
  const MARKS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow', 'roundRect', 'emptyCircle'];
  const DRAWN = new WeakMap();
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const wall = () => document.documentElement.classList.contains('big-screen');  // it has no second page
  const text = (cell) => cell.textContent.trim();
  const value = (cell) => (cell.hasAttribute('data-drawn') ? Number(cell.dataset.drawn) : null);

  const read = (figure) => {
    const rows = Array.from(figure.querySelectorAll('tbody tr'));
    const heads = Array.from(figure.querySelectorAll('thead th')).slice(1).map(text);
    const names = rows.map((row) => text(row.querySelector('th')));
    const cells = rows.map((row) => Array.from(row.querySelectorAll('td')).map(value));
    if (figure.dataset.chart === 'bar') {
      return { labels: names, series: heads.map((name, at) => ({ name, data: cells.map((row) => row[at]) })) };
    }
    return { labels: heads, series: names.map((name, at) => ({ name, data: cells[at] })) };
  };

  // How many lines the legend takes: whoever looks at a wall turns no pages of it.
  const lines = (series, size, wide) => Math.ceil(series.reduce((sum, one) => sum + (one.name.length + 4) * size, 0) / Math.max(wide, 1));

  const options = (figure, size, family, wide) => {
    const { labels, series } = read(figure);
    const bar = figure.dataset.chart === 'bar';
    const letters = { fontSize: size, color: '#1f1b16', fontFamily: family };
    const words = { type: 'category', data: labels, axisLabel: { ...letters, width: bar ? size * 9 : undefined, overflow: wall() ? 'truncate' : 'break' }, inverse: bar };
    const percent = figure.dataset.unit === '%';
    const numbers = { type: 'value', min: 0, max: percent ? 100 : undefined, interval: percent ? (wall() ? 25 : 20) : undefined, minInterval: percent ? undefined : 1, splitNumber: bar || wall() ? 3 : 5, axisLabel: { ...letters, hideOverlap: true } };
    return {
      animation: !still,
      aria: { enabled: false, decal: { show: bar } },
      color: COLOURS,
      textStyle: letters,
      grid: { left: 8, right: 24, top: size * (series.length > 1 ? 1.2 + 1.5 * lines(series, size, wide) : 2), bottom: 8, containLabel: true },
      legend: series.length > 1 ? { type: 'plain', top: 0, textStyle: letters, itemWidth: size * 2 } : undefined,
      tooltip: { trigger: 'axis', renderMode: 'richText', textStyle: letters, confine: true },
      xAxis: bar ? numbers : words,
      yAxis: bar ? words : numbers,
      series: series.map((one, at) => ({
        name: one.name,
        type: bar ? 'bar' : 'line',
        data: one.data,
        symbol: MARKS[at % MARKS.length],
        symbolSize: size * 0.6,
        lineStyle: { width: Math.max(3, size / 6), type: ['solid', 'dashed', 'dotted'][Math.floor(at / 2) % 3] },
        connectNulls: false,
        label: { ...letters, show: series.length === 1, position: bar ? 'right' : 'top' },
      })),
    };
  };

  const draw = (figure) => {
    const box = figure.querySelector('.chart-drawn');
    const style = getComputedStyle(figure);
    const size = Math.max(16, parseFloat(style.fontSize));
    const high = figure.dataset.chart === 'bar' ? Math.max(8, figure.querySelectorAll('tbody tr').length * (wall() ? 1.5 : 2.6) + 3) : wall() ? 12 : 18;
    box.hidden = false;
    box.style.height = `${high * size}px`;
    const chart = DRAWN.get(box) || window.echarts.init(box, null, { renderer: 'canvas' });
    if (!DRAWN.has(box)) { figure.querySelector('details').open = figure.hasAttribute('data-table-open'); }
    DRAWN.set(box, chart);
    chart.setOption(options(figure, size, style.fontFamily, box.clientWidth), true);
    chart.resize();
  };
  const all = (within) => within.querySelectorAll('figure[data-drawable]').forEach(draw);

  const start = () => {
    if (!window.echarts) { return; }
    all(document);
    window.addEventListener('resize', () => all(document));
    document.body.addEventListener('htmx:afterSettle', (event) => all(event.detail.elt.parentNode || document));
    window.addEventListener('beforeprint', () => document.querySelectorAll('.chart-table, .red-more').forEach((one) => { one.open = true; }));
  };
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
})();
