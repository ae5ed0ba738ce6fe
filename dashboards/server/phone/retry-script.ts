import { createHash } from 'node:crypto';
import { Html } from './html.ts';

/**
 * 未送出，正在重试: a tap without a network is kept and sent again until the server answers; without JavaScript the
 * form goes as forms go. A tap that arrived while its answer was lost arrives twice, and the second says who was first.
 */
const SCRIPT = `
document.addEventListener('submit',function(event){
var form=event.target,button=form.querySelector('button'),words=button.textContent,waitMs=1000,timer,busy=false
if(!window.fetch||!window.AbortController)return
event.preventDefault()
var fields=new URLSearchParams(new FormData(form))
var note=document.createElement('p')
note.className='done';note.setAttribute('role','status')
function send(){
clearTimeout(timer)
if(busy)return
busy=true
var stop=new AbortController(),late=setTimeout(function(){stop.abort()},8000)
fetch(location.href,{method:'POST',body:fields,signal:stop.signal}).then(function(answer){
if(answer.status>=500||answer.status===429||answer.status===408)throw new Error(String(answer.status))
return answer.text()
}).then(function(page){
clearTimeout(late);removeEventListener('online',send)
document.open();document.write(page);document.close()
},function(){
clearTimeout(late);busy=false
note.textContent='未送出，正在重试';form.before(note)
timer=setTimeout(send,waitMs);waitMs=Math.min(waitMs*2,15000)
})}
button.disabled=true;button.textContent='正在送出：'+words
addEventListener('online',send);send()
})
`;

/** Made here and not in a template: its text must be, to the byte, what the digest is of. */
export const RETRY_SCRIPT = new Html(`<script>${SCRIPT}</script>`);

export const RETRY_SCRIPT_DIGEST = createHash('sha256').update(SCRIPT).digest('base64');
