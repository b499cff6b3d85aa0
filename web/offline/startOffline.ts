/** Registers the service worker, and tells when a newer page waits. */

/** @param onNewer called with what changes over to it; the page is then loaded anew */
export async function startOffline(onNewer: (changeOver: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator;
  // Absent on plain http: the page works, with the network.
  if (serviceWorker === undefined) return;
  const tell = (waiting: ServiceWorker) =>
    onNewer(() => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage('take over');
    });
  try {
    const registration = await serviceWorker.register('serviceWorker.js');
    if (registration.waiting !== null && serviceWorker.controller !== null) {
      tell(registration.waiting);
    }
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        const isUpdate = installing.state === 'installed' && serviceWorker.controller !== null;
        if (isUpdate) tell(installing);
      });
    });
  } catch {
    // Refused by the browser's settings: as without it.
  }
}
