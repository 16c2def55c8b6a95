/* Written for Internet Explorer's engine too: only then does documentMode exist, and the rest of our script cannot run. */
(function () {
  var notice = document.getElementById('old-browser');
  if (document.documentMode && notice) { notice.removeAttribute('hidden'); }
})();
