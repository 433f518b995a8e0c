/**
 * Stores a login in a database that replicas share.
 */
@NullMarked
package io.flyteconnect.internal.store.jdbc;

import org.jspecify.annotations.NullMarked;
