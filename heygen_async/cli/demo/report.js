// Blobs can be sought in, and play where a data address does not; "#t" shows the first picture on
// phones, which wait for a finger otherwise. One video speaks at a time.
const videos = [...document.querySelectorAll("video")];
for (const video of videos) {
  const [head, body] = video.src.split(",");
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  const type = head.slice("data:".length).split(";")[0];
  video.src = `${URL.createObjectURL(new Blob([bytes], { type }))}#t=0.01`;
  video.addEventListener("play", () => {
    for (const other of videos) if (other !== video) other.pause();
  });
}
