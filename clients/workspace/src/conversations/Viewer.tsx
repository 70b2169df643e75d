import { useState } from 'react'
import type { Attachment } from '@goodword/shared/events'
import { useTexts } from '@/app/context'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { Sheet } from '@/ui/Sheet'
import { isImage } from './Attachments'
import css from './Attachments.module.css'

/** A file of a message, large; arrows go to the next one, Escape goes back. A picture grows to its own size when pressed. */
export default function Viewer({ files, first, onClose }: { files: readonly Attachment[]; first: Attachment; onClose: () => void }) {
  const { t } = useTexts()
  const [at, setAt] = useState(Math.max(0, files.findIndex((file) => file.id === first.id)))
  const [whole, setWhole] = useState(true)
  const file = files[at]!
  const step = (by: number) => {
    setAt((at + by + files.length) % files.length)
    setWhole(true)
  }
  return (
    <Sheet title={file.name} onClose={onClose} full>
      <div
        className={css.viewer}
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
          if (by && files.length > 1 && !(event.target instanceof HTMLMediaElement)) step(by)
        }}
      >
        <div className={css.deeds}>
          {files.length > 1 && (
            <>
              <Button look="quiet" icon aria-label={t('viewer.previous')} onPress={() => step(-1)}>
                <Icon name="back" />
              </Button>
              <span>
                {at + 1} / {files.length}
              </span>
              <Button look="quiet" icon aria-label={t('viewer.next')} onPress={() => step(1)} className={css.next}>
                <Icon name="back" />
              </Button>
            </>
          )}
          <a href={file.url} download={file.name}>
            {t('viewer.download')}
          </a>
        </div>
        <Large key={file.id} file={file} whole={whole} onTurn={() => setWhole(!whole)} />
      </div>
    </Sheet>
  )
}

function Large({ file, whole, onTurn }: { file: Attachment; whole: boolean; onTurn: () => void }) {
  const { t } = useTexts()
  if (isImage(file))
    return (
      <button type="button" className={css.large} data-whole={whole} onClick={onTurn} aria-label={t(whole ? 'viewer.larger' : 'viewer.whole')} autoFocus>
        <img src={file.url} alt={file.name} />
      </button>
    )
  if (file.content_type.startsWith('video/')) return <video src={file.url} controls autoFocus aria-label={file.name} />
  return <iframe src={file.url} title={file.name} />
}
