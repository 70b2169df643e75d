import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTexts } from '@/app/context'
import { Button } from './Button'
import { Icon } from './Icon'
import css from './Sheet.module.css'

/** A layer over the work: a drawer from the right, or a sheet in the middle. Escape and a click outside close it. */
export function Sheet({ title, isOpen = true, onClose, drawer, wide, full, reading, children }: {
  title: string
  isOpen?: boolean
  onClose: () => void
  drawer?: boolean
  wide?: boolean
  /** As large as the screen allows. */
  full?: boolean
  /** There is nothing in it but what is read, so that the keys must be able to scroll it. */
  reading?: boolean
  children: ReactNode
}) {
  const { t } = useTexts()
  return (
    <ModalOverlay className={css.overlay!} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={`${drawer ? css.drawer : css.sheet} ${wide ? css.wide : ''} ${full ? css.full : ''}`}>
        <Dialog className={css.dialog!}>
          <header className={css.head}>
            <Heading slot="title" className={css.title!}>
              {title}
            </Heading>
            <Button look="quiet" icon onPress={onClose} aria-label={t('common.close')}>
              <Icon name="close" />
            </Button>
          </header>
          <div className={css.body} tabIndex={reading ? 0 : undefined}>
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
