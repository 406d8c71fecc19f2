// once hears the first click of two. A decision puts the button of the next one where its own stood, and the second click
// of a hurried hand must not take that as well.
export const once = (act: () => void) => (e: MouseEvent) => {
  if (e.detail <= 1) act(); // 0 is the keyboard
};
