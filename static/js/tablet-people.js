/* Who may get which ballot, as the list that was taken along says it and what was registered on this device since. */
window.tabletPeople = (list, taps) => {
  'use strict';
  const FEWEST = 2; // letters of a name that is searched for
  const MOST = 20;
  const people = new Map(list.people.map((one) => [one.id, one]));
  const levels = new Map(list.votes.map((vote) => [vote.id, vote.level]));
  const entries = () => taps.flatMap((tap) => tap.entries || []);
  const issued = (person) => [...(person.i || []), ...entries().filter((one) => one.person === person.id).map((one) => one.vote)];
  const left = (person, votes) => { const gone = issued(person); return (votes || []).filter((vote) => !gone.includes(vote)); };
  const own = (person) => left(person, person.p);
  const toAgent = (person) => left(person, person.t);
  const principals = (person) => (person.f || []).map((id) => people.get(id)).filter(Boolean);
  const called = (person) => (person.n ? `${person.n}号${person.a}` : person.a);
  const ballots = (votes) => votes.map((vote) => `${levels.get(vote)}选票1张`).join('、');
  const find = (typed) => {
    const text = typed.replace(/\s/g, '');
    if (/^\d+$/.test(text)) { return list.people.filter((one) => one.n === Number(text)); }
    return text.length < FEWEST ? [] : list.people.filter((one) => one.a.startsWith(text)).slice(0, MOST);
  };
  /* The day of the vote, by the device's clock where that is one of its days. */
  const today = () => {
    const day = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
    return day >= list.days[0] && day <= list.days[1] ? day : list.days[0];
  };
  const given = (person, way, votes) => votes.map((vote) => (
    { key: crypto.randomUUID(), person: person.id, vote, registration: person.v[vote], way, on: today() }));
  const counted = () => list.votes.map(({ id, level }) => {
    const of = (way) => entries().filter((one) => one.vote === id && one.way === way).length;
    return { level, person: of('person'), proxy: of('proxy'), replaced: taps.filter((tap) => tap.replaced === id).length };
  });
  return { find, own, toAgent, principals, issued, called, ballots, given, counted, level: (vote) => levels.get(vote) };
};
