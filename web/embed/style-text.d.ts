/** What web/embed/style-text.mjs makes of embed.css. */
declare const styles: string;
export default styles;
