/** Which part of a photograph is seen: screen = scale x photograph + (x, y), in pixels. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Times the fitted size, or screen pixels a pixel, whichever is more. */
const CLOSEST = 8;
const MARGIN = 12;

/** All of it, in the middle. */
export function fitted(photo: Size, pane: Size): Viewport {
  const room = (of: number) => Math.max(1, of - 2 * MARGIN);
  const scale = Math.min(room(pane.width) / photo.width, room(pane.height) / photo.height);
  return centred(scale, { x: photo.width / 2, y: photo.height / 2 }, pane);
}

/** A point of the photograph in the middle of the pane. */
export function centred(scale: number, { x, y }: Point, pane: Size): Viewport {
  return { scale, x: pane.width / 2 - scale * x, y: pane.height / 2 - scale * y };
}

/** What lies under a point of the screen stays under it. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: Point,
  photo: Size,
  pane: Size,
): Viewport {
  const fit = fitted(photo, pane).scale;
  const scale = Math.min(Math.max(view.scale * factor, fit), Math.max(CLOSEST * fit, CLOSEST));
  const share = scale / view.scale;
  const moved = { scale, x: at.x - share * (at.x - view.x), y: at.y - share * (at.y - view.y) };
  return bounded(moved, photo, pane);
}

export function panned(view: Viewport, by: Point, photo: Size, pane: Size): Viewport {
  return bounded({ ...view, x: view.x + by.x, y: view.y + by.y }, photo, pane);
}

/** No empty room beside the photograph, but where it is smaller than the pane. */
function bounded({ scale, x, y }: Viewport, photo: Size, pane: Size): Viewport {
  const within = (at: number, length: number, room: number) => {
    const least = room - MARGIN - length;
    return least >= MARGIN ? (room - length) / 2 : Math.min(Math.max(at, least), MARGIN);
  };
  return {
    scale,
    x: within(x, scale * photo.width, pane.width),
    y: within(y, scale * photo.height, pane.height),
  };
}

export const onPhoto = ({ scale, x, y }: Viewport, at: Point): Point => ({
  x: (at.x - x) / scale,
  y: (at.y - y) / scale,
});
