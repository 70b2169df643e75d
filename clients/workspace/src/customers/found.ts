import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get, query } from '@/core/api'
import type { Customer } from '@/core/model'

/** A customer as a search finds him. */
export type FoundCustomer = Pick<Customer, 'id' | 'name' | 'email' | 'phone' | 'city' | 'language'>

/** Customers by the beginning of a name, an address or a number. */
export const useFound = (q: string) =>
  useQuery<FoundCustomer[]>({
    queryKey: ['customers', q],
    queryFn: ({ signal }) => get<{ customers: FoundCustomer[] }>(`/customers${query({ q })}`, signal).then((all) => all.customers),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
