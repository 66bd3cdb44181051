/** Ends the browser's task: what comes after has one of its own, and an input or a frame needs to wait for one of the two only. */
export const nextTask = () => new Promise((resolve) => setTimeout(resolve));
