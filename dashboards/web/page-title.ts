import { ref } from 'vue';

/** Title of the thing on the page, such as an event's; empty where the page's own name says all. */
export const pageTitle = ref('');
