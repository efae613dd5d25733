import { ComposerImages } from './composer-images.tsx'
import { uploaderOf } from './conversation-uploader.ts'
import { DropOverlay } from './drop-overlay.tsx'
import { EditImages } from './edit-images.tsx'
import { ImageGrid } from './image-grid.tsx'
import { ImageViewer } from './image-viewer.tsx'

/** Everything about images that the page can do without at first. */
export const imageParts = {
  ComposerImages,
  DropOverlay,
  EditImages,
  ImageGrid,
  ImageViewer,
  uploaderOf,
}
