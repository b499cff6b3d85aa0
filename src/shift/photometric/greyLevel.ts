/** Weights of red, green and blue in torchvision's `rgb_to_grayscale` (ITU-R BT.601). */
export const RED = 0.2989;
export const GREEN = 0.587;
export const BLUE = 0.114;
