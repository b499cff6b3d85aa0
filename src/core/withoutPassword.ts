/** An address as it may be shown: without the name and password in front of its host. */
export const withoutPassword = (url: string): string =>
  url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, '$1');
